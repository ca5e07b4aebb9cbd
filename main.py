"""Start of the program: words on the command line are done there; without any, the window opens."""

import sys

from crm_desktop.start import main

if __name__ == "__main__":
    sys.exit(main())
