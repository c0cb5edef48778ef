"""The picture of who holds what of whom: where boxes and arrows come to stand."""

from hypothesis import given
from hypothesis import strategies as st

from inward.web.components.drawing import ACROSS, BOX_HEIGHT, BOX_WIDTH, DOWN, LINES, MARGIN, Arrow, Shape, drawing


def placed(drawn):
    return {box.title: (box.x, box.y) for box in drawn.boxes}


def test_a_holder_stands_above_and_between_what_it_holds():
    drawn = drawing(
        [Shape("abc", "ABC", "supplier"), Shape("xyz", "XYZ"), Shape("jkl", "JKL")],
        [Arrow("jkl", "abc", "80%", strong=True), Arrow("jkl", "xyz", "60%")],
    )
    where = placed(drawn)
    assert where["JKL"] == (MARGIN + (BOX_WIDTH + ACROSS) // 2, MARGIN)
    assert {where["ABC"], where["XYZ"]} == {
        (MARGIN, MARGIN + BOX_HEIGHT + DOWN),
        (MARGIN + BOX_WIDTH + ACROSS, MARGIN + BOX_HEIGHT + DOWN),
    }
    assert (drawn.width, drawn.height) == (2 * MARGIN + 2 * BOX_WIDTH + ACROSS, 2 * MARGIN + 2 * BOX_HEIGHT + DOWN)
    assert [(line.label.words, line.strong) for line in drawn.lines] == [("80%", True), ("60%", False)]
    assert next(box.tone for box in drawn.boxes if box.title == "ABC") == "supplier"


def test_a_chain_takes_a_layer_for_each_link():
    drawn = drawing([Shape(key, key) for key in "cab"], [Arrow("a", "b", ""), Arrow("b", "c", ""), Arrow("a", "c", "")])
    where = placed(drawn)
    assert where["a"][1] < where["b"][1] < where["c"][1]


def test_companies_that_hold_each_other_are_drawn_all_the_same():
    drawn = drawing([Shape("a", "A"), Shape("b", "B")], [Arrow("a", "b", "60%"), Arrow("b", "a", "10%")])
    assert placed(drawn)["A"][1] < placed(drawn)["B"][1]
    assert [line.label.words for line in drawn.lines] == ["60%", "10%"]
    back = drawn.lines[1]
    assert (
        back.label.x == placed(drawn)["A"][0] + BOX_WIDTH + ACROSS * 3 // 4
    )  # round the side, where it is farthest out
    assert drawn.width == back.label_x + back.label_width + MARGIN  # and inside the picture


def test_an_arrow_to_nobody_drawn_or_to_itself_is_left_out():
    assert drawing([Shape("a", "A")], [Arrow("a", "b", "1%"), Arrow("a", "a", "5%")]).lines == ()


def test_nothing_makes_a_picture_of_nothing():
    drawn = drawing([], [])
    assert (drawn.boxes, drawn.lines) == ((), ())


def test_a_long_name_is_broken_and_cut_and_stands_whole_in_the_title():
    long = "The Very Long Name of a Company that Goes on and on Limited"
    (box,) = drawing([Shape("a", long)], []).boxes
    assert len(box.lines) == LINES
    assert box.lines[-1].words.endswith("…")
    assert box.title == long


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_no_two_boxes_lie_on_one_another_and_all_lie_in_the_picture(pairs):
    drawn = drawing([Shape(str(n), f"N{n}") for n in range(8)], [Arrow(str(a), str(b), "") for a, b in pairs])
    corners = [(box.x, box.y) for box in drawn.boxes]
    assert len(set(corners)) == 8
    for x, y in corners:
        assert MARGIN <= x <= drawn.width - MARGIN - BOX_WIDTH
        assert MARGIN <= y <= drawn.height - MARGIN - BOX_HEIGHT
    for x, y in corners:
        assert all(abs(x - a) >= BOX_WIDTH or y != b for a, b in corners if (a, b) != (x, y))


def test_two_ties_between_the_same_two_are_one_arrow_that_says_both_and_its_ground_is_wide_enough():
    two = [Arrow("a", "b", "50%"), Arrow("a", "b", "joint control", strong=True), Arrow("c", "b", "3%")]
    drawn = drawing([Shape(key, key) for key in "abc"], two)
    assert [(line.label.words, line.strong) for line in drawn.lines] == [("50% · joint control", True), ("3%", False)]
    wide, narrow = drawn.lines
    assert (wide.label_width, narrow.label_width) == (134, 52)
    assert wide.label_x == wide.label.x - 67


def test_the_words_of_an_arrow_that_passes_other_boxes_lie_on_none_of_them():
    drawn = drawing(
        [Shape(key, key) for key in "abc"], [Arrow("a", "b", "60%"), Arrow("b", "c", "70%"), Arrow("a", "c", "5%")]
    )
    (long,) = (line for line in drawn.lines if line.label.words == "5%")
    top = next(box for box in drawn.boxes if box.title == "a")
    assert top.y + top.height <= long.label_y
    assert all(long.label_y + 20 <= box.y or box.y + box.height <= long.label_y for box in drawn.boxes)
