"""Who speaks where: sources, speakers, consent and what is known about each verbatim."""


def test_all_sources_speak(study):
    """Survey, reviews, tickets and posts are heard, and twelve people in interviews."""
    counts = study.feedback["source"].value_counts()
    assert set(counts.index) == {"survey", "review", "support", "social", "interview"}
    assert study.feedback.query("source == 'interview'")["speaker"].nunique() == 12


def test_a_survey_comment_belongs_to_an_answer(study):
    """Who comments in the survey also answered it, and says which step the comment is about."""
    comments = study.feedback.query("source == 'survey'")
    assert set(comments["customer_id"]) <= set(study.responses["customer_id"])
    assert comments["touchpoint_id"].ne("").all()


def test_posts_are_by_strangers(study):
    """Nobody knows who wrote a post or which touchpoint it names; some posts are linked by hand."""
    posts = study.feedback.query("source == 'social'")
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
