"""Fill a database with made-up families, and write how long that took and how much memory: ``scale``, ``file``."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from time import monotonic


def main(scale: str, written: str) -> int:
    """Run the command as anybody would, and measure it from outside."""
    began = monotonic()
    status = subprocess.run([sys.executable, "-m", "alongside", "demo", "--scale", scale]).returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "scale": scale,
        "seconds": round(monotonic() - began, 1),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
        "peak_megabytes": round(used.ru_maxrss / 1024),
    }
    Path(written).write_text(json.dumps(told))
    print(told)
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
