import gc
import weakref

import pytest

from stemnet.garbage import collected_after, nothing_collected


def test_garbage_is_looked_for_again_after_a_fault():
    with pytest.raises(LookupError), nothing_collected():
        assert not gc.isenabled()
        raise LookupError
    assert gc.isenabled()


def test_who_looked_for_no_garbage_before_looks_for_none_after():
    with nothing_collected(), nothing_collected():
        pass
    assert gc.isenabled()
    with nothing_collected():
        with nothing_collected():
            pass
        assert not gc.isenabled()


class Thing:
    """Something that holds itself."""

    def __init__(self):
        self.itself = self


def test_circles_of_a_part_are_gone_once_it_is_over():
    seen = []
    with collected_after():
        for _number in range(1000):
            seen.append(weakref.ref(Thing()))
        assert all(one() for one in seen)
    assert not any(one() for one in seen)
    assert gc.isenabled()
