"""Small instances written out."""

SOLOMON = """TINY

VEHICLE
NUMBER     CAPACITY
  3         20

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME

    0      0         0          0          0       200          0
    1      3         4         10          0       100         10
    2      1         1         10         50        60         10
    3     10         0         10          0       100         10
"""

VRPLIB = """NAME : TINY
TYPE : VRPTW
DIMENSION : 4
VEHICLES : 3
CAPACITY : 20
SERVICE_TIME : 10
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 3 4
3 1 1
4 10 0
DEMAND_SECTION
1 0
2 10
3 10
4 10
TIME_WINDOW_SECTION
1 0 200
2 0 100
3 50 60
4 0 100
DEPOT_SECTION
1
-1
EOF
"""

VROOM = {
    "jobs": [
        {
            "id": 7,
            "location_index": 1,
            "service": 60,
            "setup": 30,
            "delivery": [2],
            "skills": [1],
            "time_windows": [[0, 500], [900, 1000]],
        },
        {"id": 8, "location_index": 2, "pickup": [3], "priority": 50},
    ],
    "shipments": [
        {
            "amount": [1],
            "pickup": {"id": 4, "location_index": 1},
            "delivery": {"id": 4, "location_index": 2, "service": 10},
        }
    ],
    "vehicles": [
        {
            "id": 1,
            "start_index": 0,
            "end_index": 0,
            "capacity": [4],
            "skills": [1, 2],
            "time_window": [0, 4000],
            "breaks": [{"id": 1, "time_windows": [[100, 300]], "service": 120}],
            "costs": {"fixed": 100, "per_hour": 3600, "per_km": 10},
            "max_tasks": 9,
        },
        {"id": 2, "start_index": 0, "capacity": [4], "speed_factor": 2.0},
    ],
    "matrices": {
        "car": {
            "durations": [[0, 100, 200], [110, 0, 50], [210, 60, 0]],
            "distances": [[0, 1000, 2000], [1100, 0, 500], [2100, 600, 0]],
        }
    },
}
