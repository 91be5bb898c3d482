"""Starts the program as `python -m app`; a frozen one is also the processes that read files."""

import sys

from core.decoding_protocol import FLAG
from core.weights_protocol import FLAG as WEIGHTS_FLAG

if __name__ == "__main__":
    if FLAG in sys.argv[1:2]:
        from core.decoding_child import main
    elif WEIGHTS_FLAG in sys.argv[1:2]:
        from core.weights_child import main
    else:
        from app.cli import main
    main()
