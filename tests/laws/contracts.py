"""Ask import-linter about the tree in the current folder: ``{contract: [module, …]}`` of those who break it.

Run as a program, so that the ``porch`` it reads is the one of that tree and not the one that is loaded.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from importlinter import configuration
from importlinter.application import use_cases


def broken_contracts() -> dict[str, list[str]]:
    configuration.configure()
    options = use_cases.read_user_options("pyproject.toml")
    use_cases._register_contract_types(options)
    report = use_cases.create_report(options, cache_dir=None)
    ids = {each["name"]: each["id"] for each in options.contracts_options}
    return {
        ids[contract.name]: modules_in(check.metadata)
        for contract, check in report.get_contracts_and_checks()
        if not check.kept
    }


def modules_in(metadata: Any) -> list[str]:
    return sorted(set(re.findall(r"porch(?:\.\w+)+", repr(metadata))))


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    sys.stdout.write(json.dumps(broken_contracts()))
