"""A drawn map in a page: its links and its colours."""

from xml.etree import ElementTree

from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.sheet.scene import Link
from cjm_helpers.drawing.sheet.words import name_anchor

LANES = ("steps", "quotes", "emotion", "touchpoints", "channels", "insights", "kpis", "opportunities")


def test_every_lane_leads_to_its_evidence(rich):
    """Each lane with cells has areas that lead to a step of the journey and a lane of the cells."""
    sheet = draw_journey_map(rich).sheets[0]
    targets = {lane.name: {item.target for item in lane.items if isinstance(item, Link)} for lane in sheet.lanes}
    known = {name_anchor(step, lane) for step, lane in zip(rich.cells["step_id"], rich.cells["lane"], strict=True)}
    known |= {name_anchor(step, "emotion") for step in rich.steps["step_id"]}
    assert all(targets[lane] and targets[lane] <= known for lane in LANES)


def test_links_are_for_the_mouse_alone(rich):
    """They lie over the picture, out of the way of keyboards and readers, who find them in the table."""
    links = ElementTree.fromstring(draw_journey_map(rich).as_svg().sheets[0])[1]
    assert links.get("aria-hidden") == "true" and links.get("class") == "links"
    assert {link.get("tabindex") for link in links} == {"-1"}
    assert {link.get("href")[:4] for link in links} == {"#at-"}


def test_a_saved_map_has_no_links(rich):
    """Outside its report there is nothing to lead to."""
    assert "<a " not in draw_journey_map(rich).svg


def test_a_page_may_set_the_colours_and_a_saved_map_has_its_own(rich):
    """In a report each colour is the page's where it sets one; a saved SVG says its colours outright."""
    drawn = draw_journey_map(rich)
    assert "var(--cjm-ink,#16202D)" in drawn.as_svg().sheets[0]
    assert "var(" not in drawn.svg


def test_anchors_differ_where_steps_differ():
    """Also for ids that are no Latin letters."""
    assert len({name_anchor(one) for one in ("1.1", "11", "1-1x", "計画", "予約")}) == 5
