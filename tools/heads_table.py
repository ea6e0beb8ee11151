#!/usr/bin/env python3
"""heads_table.py - heads of government and foreign ministers of 30 states on five dates, as the knowledge
base has them, for reading against public documentation. Asks ./nestor; prints a Markdown table."""
import json
import subprocess

STATES = ("USA GBR FRA DEU ITA ESP POL RUS UKR BLR KAZ GEO TUR IRN ISR EGY SAU IRQ SYR CHN JPN KOR IND PAK "
          "IDN BRA VEN NGA ZAF ETH").split()
DATES = ["1992-07-01", "1999-07-01", "2008-07-01", "2015-07-01", "2023-07-01"]
HEAD = {"USA": ["president"], "DEU": ["chancellor"], "IRN": ["president"], "SAU": ["prime minister", "king"],
        "CHN": ["prime minister"], "KOR": ["president"], "IDN": ["president"], "BRA": ["president"],
        "VEN": ["president"], "NGA": ["president"], "ZAF": ["president"], "BLR": ["president", "prime minister"],
        "UKR": ["prime minister"], "RUS": ["prime minister"], "SYR": ["president"], "EGY": ["prime minister"],
        "IRQ": ["prime minister", "president"], "GEO": ["prime minister", "president", "head of state"],
        "TUR": ["prime minister", "president"], "KAZ": ["prime minister"], "ETH": ["prime minister", "president"]}


def holders(state, date):
    """Who held which office: canonical word -> names, with "?" after those that are not known."""
    out = subprocess.run(["./nestor", "who", state, "--on", date, "--format", "jsonl"], capture_output=True, text=True)
    names = {}
    for line in out.stdout.splitlines():
        card = json.loads(line)
        if card.get("entity") != state:
            continue
        for o in card.get("offices", []):
            if o.get("held") in ("yes", "unknown"):
                mark = "" if o["held"] == "yes" else " (?)"
                names.setdefault(o["office"], []).append(o["name"] + mark)
    return names


def cell(names, words):
    for w in words:
        if w in names:
            return ", ".join(dict.fromkeys(names[w]))
    return "–"


def main():
    print("| state | " + " | ".join(DATES) + " |\n|---" * 1 + "|---" * len(DATES) + "|")
    for s in STATES:
        row = []
        for d in DATES:
            state = s
            n = holders(state, d)
            head = cell(n, HEAD.get(s, ["prime minister"]))
            fm = cell(n, ["foreign minister", "foreign secretary", "secretary of state", "minister of foreign affairs"])
            row.append(f"{head} / {fm}")
        print(f"| {s} | " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
