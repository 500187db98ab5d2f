"""What processes take, read from /proc: work and memory of a whole tree, and PostgreSQL's for a database."""

import os
import socket
from pathlib import Path

import psycopg2

TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tree(root: int) -> list[int]:
    """Return a process and all below it."""
    found = [root]
    for pid in found:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found += [int(child) for child in children.read_text().split()]
            except OSError:
                continue
    return found


def cpu(pids: list[int]) -> float:
    """Return the seconds that the processor worked for these, with their children that ended."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(ticks) for ticks in fields[11:15])
    return total / TICK


def memory(pids: list[int]) -> float:
    """Return the MB that these hold, shared pages divided among all who share them (PSS)."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def forget_peaks(pids: list[int]) -> None:
    """Let `peak` begin anew at what each holds now."""
    for pid in pids:
        try:
            Path(f"/proc/{pid}/clear_refs").write_text("5")
        except OSError:
            continue


def peak(pid: int) -> float:
    """Return the most MB that one process has held (RSS)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def backends(url: str) -> list[int]:
    """Return PostgreSQL's processes for the database at ``url``, where it runs on this machine."""
    server, _slash, name = url.rpartition("/")
    connection = psycopg2.connect(f"{server}/postgres")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [name])
            return [row[0] for row in cursor.fetchall()]
    finally:
        connection.close()


def described() -> dict[str, str]:
    """Return what the figures were taken on: cores, load of the last minute, memory."""
    load = f"{os.getloadavg()[0]:.1f}"
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return {"cores": str(os.cpu_count()), "load": load, "memory": f"{total} GB"}
