"""Acts that happen at once, for race tests on PostgreSQL."""

import threading

from django.db import connection


def at_once(acts):
    """Run ``acts`` behind a barrier, each on its own connection; return what each gave or raised."""
    gate, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait()
        try:
            outcomes.append(act())
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
