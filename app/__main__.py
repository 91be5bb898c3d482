"""Starts the program as `python -m app`; a frozen one is also the process that decodes songs."""

import sys

from core.decoding_protocol import FLAG

if __name__ == "__main__":
    if FLAG in sys.argv[1:2]:
        from core.decoding_child import main
    else:
        from app.cli import main
    main()
