# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every package of a small case by direct reading of its file: slow, plain, and shares no code with the engine."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations


class Oracle:
    """All answers about one raw case (the JSON object) with few candidates."""

    def __init__(self, raw):
        self.raw = raw
        self.people = {one["id"]: one for one in raw["people"] if one["unconditional"] is False}
        self.ids = sorted(self.people)
        self.packages = [frozenset(some) for size in range(len(self.ids) + 1) for some in combinations(self.ids, size)]
        self.broken = {package: self.broken_by(package) for package in self.packages}
        self.feasible = [package for package in self.packages if not self.broken[package]]

    def broken_by(self, chosen):
        """Read each limit of the file."""
        raw, people = self.raw, self.people
        wrong = set()
        for one in self.people.values():
            consent = one.get("consent", "not_asked")
            if one["id"] in chosen and (consent == "refused" or (one.get("consent_required") and consent != "given")):
                wrong.add(f"consent:{one['id']}")
        for one in raw.get("red_lines", []):
            if one["person"] in chosen:
                wrong.add(f"red:{one['party']}:{one['person']}")
        for k, ids in enumerate(raw.get("together", [])):
            if 0 < len(chosen & set(ids)) < len(ids):
                wrong.add(f"together:{k}")
        for k, one in enumerate(raw.get("requires", [])):
            if one["if"] in chosen and one["then"] not in chosen:
                wrong.add(f"requires:{k}")
        for k, one in enumerate(raw.get("at_most", [])):
            if len(chosen & set(one["ids"])) > one["k"]:
                wrong.add(f"at_most:{k}")
        for one in raw.get("balance", []):
            got = sum(Fraction(str(v)) for i, v in one["get"].items() if i in chosen) + Fraction(str(one["slack"]))
            if got < sum(Fraction(str(v)) for i, v in one["give"].items() if i in chosen):
                wrong.add(f"balance:{one['party']}")
        for one in raw.get("ratio", []):
            home = sum(people[i]["home"] == one["party"] for i in chosen)
            gone = sum(people[i]["holder"] == one["party"] for i in chosen)
            if one["den"] * home < one["num"] * gone:
                wrong.add(f"ratio:{one['party']}")
        for one in raw.get("demands", []):
            if any(people[i]["holder"] == one["party"] for i in chosen) and one["person"] not in chosen:
                wrong.add(f"demand:{one['party']}:{one['person']}")
        for k, one in enumerate(raw.get("if_then", [])):
            if one["if"] in chosen and len(chosen & set(one["ids"])) < one["at_least"]:
                wrong.add(f"if_then:{k}")
        for k, one in enumerate(raw.get("routes", [])):
            on_it = sum(people[i]["holder"] == one["from"] and people[i]["home"] == one["to"] for i in chosen)
            if one.get("seats") is not None and on_it > one["seats"]:
                wrong.add(f"route:{k}")
        if raw.get("cap") is not None and len(chosen) > raw["cap"]:
            wrong.add("cap")
        return wrong

    def urgent(self, chosen):
        return sum(int(self.people[one]["urgent"]) for one in chosen)

    def need(self, chosen):
        return tuple(
            sum(int((self.people[one].get("need") or {}).get(kind, 0)) for one in chosen)
            for kind in ("medical", "separated", "age", "held_years")
        )

    def parties(self):
        return [party for party in self.raw["parties"] if any(one["home"] == party for one in self.people.values())]

    def counts(self, chosen):
        return [sum(self.people[one]["home"] == party for one in chosen) for party in self.parties()]

    def shares(self, chosen):
        asked = [sum(one["home"] == party for one in self.people.values()) for party in self.parties()]
        return sorted(Fraction(many, all_) for many, all_ in zip(self.counts(chosen), asked, strict=True))

    def survivors(self, chosen, one):
        return max(len(package) for package in self.feasible if package <= chosen - {one})

    def worst(self, chosen):
        return min((self.survivors(chosen, one) for one in chosen), default=0)

    def pareto(self):
        rows = {tuple(self.counts(package)) for package in self.feasible}
        return sorted(
            list(row)
            for row in rows
            if not any(other != row and all(a >= b for a, b in zip(other, row, strict=True)) for other in rows)
        )

    def stages(self, chosen):
        """Walk from nobody moved to everybody moved, breadth first; None where no walk gets there."""
        staging = self.raw.get("staging")
        if staging is None:
            return int(bool(chosen))
        blocks = [frozenset([one]) for one in chosen]
        for ids in self.raw.get("together", []):
            inside = [block for block in blocks if block & set(ids)]
            if inside:
                blocks = [block for block in blocks if block not in inside] + [frozenset().union(*inside)]
        reached, seen, steps = {frozenset()}, {frozenset()}, 0
        while reached:
            if any(len(moved) == len(blocks) for moved in reached):
                return steps
            steps += 1
            after = set()
            for moved in reached:
                rest = [k for k in range(len(blocks)) if k not in moved]
                for size in range(1, len(rest) + 1):
                    for some in combinations(rest, size):
                        now = moved | frozenset(some)
                        if now not in seen and self._stage_holds(staging, blocks, some, now):
                            after.add(now)
            seen |= after
            reached = after
        return None

    def _stage_holds(self, staging, blocks, some, now):
        if sum(len(blocks[k]) for k in some) > staging["max_per_stage"]:
            return False
        moved = [self.people[one] for k in now for one in blocks[k]]
        return all(
            abs(sum((one["home"] == party) - (one["holder"] == party) for one in moved)) <= staging["max_exposure"]
            for party in self.raw["parties"]
        )

    def first(self, packages):
        return sorted(min(packages, key=sorted)) if packages else []

    def best(self, packages, *keys):
        for key in keys:
            top = max(key(package) for package in packages)
            packages = [package for package in packages if key(package) == top]
        return packages

    def opening(self):
        """The packages with the most urgent, the fairest, the most people."""
        return self.best(self.feasible, self.urgent, self.shares, len)

    def recommended(self):
        """The one by all levels."""
        packages = self.best(self.feasible, self.urgent, self.shares, self.need, len, self.worst)
        stages = {package: self.stages(package) for package in packages}
        fewest = min((many for many in stages.values() if many is not None), default=None)
        return self.first([package for package in packages if stages[package] == fewest])

    def large(self):
        """The one by the levels that choose in a case too large to be walked."""
        return self.first(self.best(self.feasible, self.urgent, self.shares, self.need, len))

    def why_not(self, one):
        with_one = [package for package in self.feasible if one in package]
        if with_one:
            return {"best_total_with": max(map(len, with_one)), "min_constraints_to_relax": 0}
        sets = [
            names
            for package, names in self.broken.items()
            if one in package and not any(name.startswith("consent:") for name in names)
        ]
        if not sets:
            return {"best_total_with": None, "min_constraints_to_relax": None}
        fewest = min(map(len, sets))
        said = {"best_total_with": None, "min_constraints_to_relax": fewest}
        if fewest <= 2:
            said["minimal_sets"] = sorted({tuple(sorted(names)) for names in sets if len(names) == fewest})
            said["minimal_sets"] = [list(names) for names in said["minimal_sets"]]
        return said

    def answer(self):
        """All enumerated fields of the wire form."""
        most = max(map(len, self.feasible))
        at_most = [package for package in self.feasible if len(package) == most]
        urgent = self.best(self.feasible, self.urgent)
        opening = self.opening()
        first = self.first(opening)
        fair = self.shares(self.best(self.feasible, self.shares)[0])
        return {
            "feasible_packages": len(self.feasible),
            "max_total": most,
            "packages_at_max_total": len(at_most),
            "max_urgent": self.urgent(urgent[0]),
            "max_total_given_max_urgent": max(map(len, urgent)),
            "leximin_shares": [str(one) for one in fair],
            "urgent_leximin_total": {
                "urgent": self.urgent(first),
                "shares": [str(one) for one in self.shares(first)],
                "total": len(first),
                "ties": len(opening),
                "first_package": first,
            },
            "pareto_parties": self.parties(),
            "pareto_counts": self.pareto(),
            "dropout_survivors": {one: self.survivors(frozenset(first), one) for one in first},
            "best_worst_dropout_at_max_total": max(map(self.worst, at_most)),
            "min_stages_first_package": self.stages(frozenset(first)),
            "people": {one: self.why_not(one) for one in self.ids},
            "recommended_package": self.recommended(),
        }
