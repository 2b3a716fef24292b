"""Lays the codebook out for the coding desk: the codes in use under their themes, and those in use no longer."""

from cjm_helpers.study.folder import Study
from cjm_helpers.worksheets import RETIRED


def list_groups(study: Study) -> list[dict]:
    """Return the codes in use by theme, as the codebook orders them: a theme is a code that others stand under.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> [group["label"] for group in list_groups(open_study("retail_checkout"))]
    ['Checkout', 'Delivery and returns', 'Product and advice', 'People and messages']
    """
    rows = {row.code_id: row for row in study.codebook.itertuples(index=False) if row.status != RETIRED}
    parents = {row.parent for row in rows.values() if row.parent in rows}
    groups: dict[str, dict] = {}
    for row in rows.values():
        path = _find_path(row.parent, rows)
        if row.code_id in parents and row.code_id not in path:  # it is a theme; codes in a circle are none
            continue
        theme = rows[path[-1]] if path else None
        label = " / ".join(rows[name].label for name in path)
        group = {"label": label, "theme": _describe_code(theme) if theme else None, "codes": []}
        groups.setdefault(path[-1] if path else "", group)["codes"].append(_describe_code(row))
    order = {name: place for place, name in enumerate(rows)}
    return [groups[name] for name in sorted(groups, key=lambda name: order.get(name, len(order)))]


def list_retired(study: Study) -> dict[str, str]:
    """Return the labels of the codes that are no longer in use, by their ids."""
    retired = study.codebook[study.codebook["status"] == RETIRED]
    return dict(zip(retired["code_id"], retired["label"]))


def _find_path(code_id: str, rows: dict) -> list[str]:
    """Return the codes above a code, the highest first."""
    path = []
    while code_id in rows and code_id not in path:
        path.append(code_id)
        code_id = rows[code_id].parent
    return path[::-1]


def _describe_code(row) -> dict:
    return {name: getattr(row, name) for name in ("code_id", "label", "definition", "include", "exclude", "example")}
