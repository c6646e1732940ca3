"""Sets Doorstep up on a machine; standard library only, Python 3.9 or later."""
