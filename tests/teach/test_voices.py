"""Who speaks where: sources, speakers, consent and what is known about each verbatim."""

from dataclasses import replace

from cjm_helpers.teach.simulate import _make_world


def test_all_sources_speak(study):
    """Survey, reviews, tickets, posts and a poll are heard, and twelve people in interviews."""
    counts = study.feedback["source"].value_counts()
    assert set(counts.index) == {"survey", "review", "support", "social", "interview", "poll"}
    assert study.feedback.query("source == 'interview'")["speaker"].nunique() == 12


def test_a_survey_comment_belongs_to_an_answer(study):
    """Who comments in the survey also answered it, and says which step the comment is about."""
    comments = study.feedback.query("source == 'survey'")
    assert set(comments["customer_id"]) <= set(study.responses["customer_id"])
    assert comments["touchpoint_id"].ne("").all()


def test_posts_are_by_strangers(study):
    """Nobody knows who wrote a post or which touchpoint it names; of those that were read, some are linked by hand."""
    posts = study.feedback.query("source == 'social' and feedback_id in @study.codings['feedback_id']")
    assert posts["customer_id"].eq("").all() and posts["touchpoint_id"].eq("").all()
    assert 0.4 < posts["feedback_id"].isin(study.alignments["feedback_id"]).mean() < 0.8


def test_consent_is_mostly_yes(study):
    """Most may be quoted, some may not, of some it is unknown."""
    shares = study.feedback["consent"].value_counts(normalize=True)
    assert shares["yes"] > 0.6
    assert 0 < shares["no"] < shares[""] < 0.3


def test_every_verbatim_falls_into_a_wave(study):
    """No verbatim lies between the waves, and both waves speak about equally often."""
    shares = study.feedback["wave"].value_counts(normalize=True)
    assert set(shares.index) == {"2026-03", "2026-09"}
    assert shares.min() > 0.4


def test_what_nobody_read_is_of_the_newest_wave(study):
    """Late comments are of the newest wave, say what was asked in the poll, and many name no touchpoint."""
    late = study.feedback[study.feedback["feedback_id"].str.startswith("n")]
    assert set(late["wave"]) == {"2026-09"}
    assert late["asked"].ne("").equals(late["source"].eq("poll"))
    assert 0.3 < late["touchpoint_id"].eq("").mean() < 0.5


def test_some_speak_another_language(study, script):
    """A few late comments are in German, and say so; no other is."""
    is_german = study.feedback["text"].isin(script.other_sentences["text"])
    assert is_german.sum() >= 10 and study.feedback["lang"].eq("de").equals(is_german)


def test_an_interview_knows_what_was_asked(study):
    """Beside each paragraph of an interview stands the interviewer's question, and beside each comment the survey's."""
    asked = study.feedback.query("source in ('interview', 'survey')")["asked"]
    assert asked.str.endswith("?").all()


def test_late_comments_leave_the_rest_as_it_was(script):
    """With and without late comments the rest is the same, row for row."""
    without = replace(script, setting={name: value for name, value in script.setting.items() if name != "unread"})
    assert _make_world(without, 1).feedback.equals(_make_world(script, 1).feedback)
