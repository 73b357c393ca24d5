"""The keyed hash of an address: enough to recognise one that is shown to us, too little to find one by.

The key comes from the installation's secret. Under another secret the same address has another hash, so each
entry says which key it was made with.
"""

import hmac
from hashlib import sha256

from porch.kit.addresses import normal_address, without_tag
from porch.kit.keys import derive_key


def hash_address(address: str) -> str:
    """Hash an address in its normal form (HMAC-SHA256). Raises ``NotAnAddress``."""
    return hmac.new(derive_key("addresses"), normal_address(address).encode(), sha256).hexdigest()


def hashes_for(address: str) -> set[str]:
    """Give the hash of an address and that of its box, by which other tags of it are recognised."""
    return {hash_address(address), hash_address(without_tag(address))}


def key_in_use() -> str:
    """Name the key that hashes are made with at present, in eight hexadecimal digits."""
    return derive_key("addresses: which key").hex()[:8]
