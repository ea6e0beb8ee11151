#!/bin/sh
# Every line that `nestor code --format jsonl --attributions` prints for the samples is valid by the
# schema, and every span's text is exactly the bytes (or with --offsets chars, code points) it names.
python=/usr/bin/python3
[ -x $python ] && $python -c "import jsonschema" 2>/dev/null || python=python3
for offsets in bytes chars; do
    ./nestor code --format jsonl --attributions --offsets $offsets --actors samples/actors.tsv samples/*.jsonl >"${TMPDIR:-/tmp}/nestor-schema.$$"
    "$python" - "$offsets" "${TMPDIR:-/tmp}/nestor-schema.$$" samples/*.jsonl <<'END'
import json, sys
import jsonschema
offsets, lines, files = sys.argv[1], sys.argv[2], sys.argv[3:]
schema = json.load(open("data/records.schema.json"))
validator = jsonschema.Draft202012Validator(schema) if hasattr(jsonschema, "Draft202012Validator") else jsonschema.Draft7Validator(schema)
reports = {}
for f in files:
    for line in open(f, encoding="utf-8"):
        r = json.loads(line)
        reports[r["id"]] = r
good = bad = 0
def spans(x):
    if isinstance(x, dict):
        if "start" in x and "end" in x and "text" in x:
            yield x
        for v in x.values():
            yield from spans(v)
    elif isinstance(x, list):
        for v in x:
            yield from spans(v)
for line in open(lines, encoding="utf-8"):
    o = json.loads(line)
    problems = [e.message for e in validator.iter_errors(o)]
    for s in spans(o):
        body = reports[o["report"]][s.get("field", "text")]
        cut = body[s["start"]:s["end"]] if offsets == "chars" else body.encode()[s["start"]:s["end"]].decode()
        if cut != s["text"]:
            problems.append("span %d-%d is %r, not %r" % (s["start"], s["end"], cut, s["text"]))
    if problems:
        bad += 1
        print("FAIL schema (%s): %s: %s" % (offsets, problems[0][:300], line[:200]))
    else:
        good += 1
if good + bad < 20:
    bad += 1
    print("FAIL schema: only %d lines to check" % (good + bad))
print("%d passed, %d failed" % (good > 0 and not bad, bad > 0))
END
    rm -f "${TMPDIR:-/tmp}/nestor-schema.$$"
done >"${TMPDIR:-/tmp}/nestor-schema-out.$$"
grep -v passed "${TMPDIR:-/tmp}/nestor-schema-out.$$"
p=$(grep -c '^1 passed, 0 failed' "${TMPDIR:-/tmp}/nestor-schema-out.$$")
rm -f "${TMPDIR:-/tmp}/nestor-schema-out.$$"
echo "$p passed, $((2 - p)) failed"
