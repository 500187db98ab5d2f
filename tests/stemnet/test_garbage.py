import gc

import pytest

from stemnet.garbage import nothing_collected


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
