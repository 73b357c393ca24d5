"""The address: one for others, encrypted, and answered."""

import http.client
from urllib.parse import urlsplit

from porch.web.doctor.finding import Finding
from porch.web.settings.options import Options

ANSWER_SECONDS = 3.0


def look_at_address(options: Options) -> Finding:
    """Is the address one for others, and is the way there encrypted?"""
    if options.is_secure:
        trusted = ", ".join(map(str, options.trusted_proxies))
        if trusted:
            return Finding("address", "good", f"{options.url}, behind {trusted}")
        return Finding(
            "address",
            "advice",
            options.url,
            "If a proxy brings the HTTPS, name it: PORCH_TRUSTED_PROXIES=127.0.0.1. "
            "Otherwise everyone looks like one visitor.",
        )
    if options.host in ("localhost", "127.0.0.1", "::1"):
        return Finding(
            "address",
            "advice",
            options.url,
            "Fine for trying out. For others: PORCH_URL=https://your.domain, and a proxy as in deploy/Caddyfile.",
        )
    return Finding(
        "address",
        "wrong",
        f"{options.url} is not encrypted",
        f"Put a proxy with HTTPS in front (deploy/Caddyfile), and set PORCH_URL=https://{options.host}",
    )


def look_at_answer(options: Options) -> Finding:
    """Does Porch answer where it listens, under its own name?"""
    host, port = options.listens_at
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not listened at
    line = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
    try:
        line.request("GET", "/health", headers={"Host": urlsplit(options.url).netloc})
        status = line.getresponse().status
    except (OSError, http.client.HTTPException):
        return Finding(
            "answer",
            "advice",
            f"nobody answers at {host}:{port}",
            "Porch does not run: `porch serve`, or systemctl start porch",
        )
    finally:
        line.close()
    if status != 200:
        return Finding(
            "answer",
            "wrong",
            f"{host}:{port} answers /health with {status}",
            f"See its log: journalctl -u porch -n 50. Or something else listens there: ss -ltnp sport = :{port}",
        )
    return Finding("answer", "good", f"answers at {host}:{port}")
