#!/usr/bin/env bash
# diff-match-patch puts one partner's new hours into another partner's sentence, and reports success.
#
# Guess: patch_apply finds the place of a change again where the text around it moved, and answers False where that
#        place is gone; where it answers True, the change stands where its writer made it.
# Seen:  diff-match-patch 20241021, with its defaults: in a memorandum that gives Salem and Lynn 12 hours each, one
#        person makes Salem's 15 while another takes Salem's line out. Patched onto the other's text, Lynn has 15
#        hours, and the answer is True. Where the other wrote the sentence anew, "14" for "12" becomes "scien4
#        teachers", also with True. With Match_Threshold = 0.0 both are refused with False and nothing changes.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

{
  python3 -m venv "$box/venv" &&
    timeout 90 "$box/venv/bin/pip" install -qq 'diff-match-patch==20241021'
} || { echo "Not checked: diff-match-patch could not be installed." >&2; exit 2; }

cat >"$box/two_writers.py" <<'PYTHON'
"""Two people change one memorandum at a time: the first one's change is patched onto the second one's text."""

import sys

from diff_match_patch import diff_match_patch

SALEM = "Salem Public Schools\n- provides {} hours of training\n\n"
LYNN = "Lynn Public Schools\n- provides {} hours of training\n"
SENDS = "The district will send {} teachers to each meeting. The university will provide a room."
ANEW = "The district sends two science teachers and one coordinator. The university will provide a room."
GARBLED = "The district sends two scien4 teachers and one coordinator. The university will provide a room."
CASES = [
    ("a partner's line was taken out", SALEM.format(12) + LYNN.format(12), SALEM.format(15) + LYNN.format(12),
     LYNN.format(12), LYNN.format(15)),
    ("a sentence was written anew", SENDS.format(12), SENDS.format(14), ANEW, GARBLED),
]

changed = False
for what, before, first, second, seen in CASES:
    for threshold, expected in ((None, (seen, [True])), (0.0, (second, [False]))):
        tool = diff_match_patch()
        if threshold is not None:
            tool.Match_Threshold = threshold
        now = tool.patch_apply(tool.patch_make(before, first), second)
        print(f"{what}, Match_Threshold {tool.Match_Threshold}: {now[1]}, {now[0]!r}")
        if now != expected:
            print(f"CHANGED: was {expected[1]}, {expected[0]!r}", file=sys.stderr)
            changed = True
if changed:
    sys.exit("diff-match-patch no longer applies a patch as this finding says.")
print("Still so.")
PYTHON

timeout 60 "$box/venv/bin/python" "$box/two_writers.py"
