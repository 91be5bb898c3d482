"""Starts the program as `python -m app`; a frozen one is also the processes that read files."""

import sys

from core.decoding_protocol import FLAG
from core.weights_protocol import FLAG as WEIGHTS_FLAG


def main() -> None:
    """Be what the first argument says, and exit."""
    if FLAG in sys.argv[1:2]:
        from core.decoding_child import main as run
    elif WEIGHTS_FLAG in sys.argv[1:2]:
        from core.weights_child import main as run
    else:
        _begin_ahead(sys.argv[1:])
        from app.cli import main as run
    run()


def _begin_ahead(arguments: list[str]) -> None:
    """Let begin what a separation waits for, before even its command line is loaded."""
    if arguments[:1] != ["separate"] or {"-h", "--help"} & set(arguments):
        return
    from core.decoding_process import warm_up

    warm_up()
    if not any(each.startswith("--cluster") for each in arguments):
        from app.torch_loading import load_libraries_ahead

        load_libraries_ahead()


if __name__ == "__main__":
    main()
