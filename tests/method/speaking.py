"""Words for the tests of feedback: somebody says something, somebody codes it."""


def say(i: int, touchpoint_id="pay", source="survey", **more) -> dict:
    """Return a verbatim of customer i."""
    row = {"feedback_id": f"f{i:02}", "customer_id": f"c{i:02}", "touchpoint_id": touchpoint_id, "source": source}
    return row | more


def code(feedback_id: str, code_id: str, coder_id="anna", **more) -> dict:
    """Return a coding of a verbatim."""
    return {"feedback_id": feedback_id, "code_id": code_id, "coder_id": coder_id} | more


def code_sets(**coders: str) -> list[dict]:
    """Return the codings of several people: verbatims separated by blanks, a letter a code, "-" = nothing fits.

    A dot is a verbatim that the coder did not read.
    """
    read = [
        (f"f{i:03}", coder_id, given)
        for coder_id, words in coders.items() for i, given in enumerate(words.split()) if given != "."
    ]  # fmt: skip
    return [
        code(name, "none" if letter == "-" else letter, coder_id) for name, coder_id, given in read for letter in given
    ]
