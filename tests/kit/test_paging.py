"""Pages of a list: the number is read strictly, the ways lead to what is there, filters stay."""

import pytest
from django.test import RequestFactory

from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound


def test_a_page_knows_whether_there_is_another() -> None:
    assert page_of([1, 2, 3, 4, 5], 1, 2) == ([1, 2], True)
    assert page_of([1, 2, 3, 4], 2, 2) == ([3, 4], False)
    assert page_of([1], 3, 2) == ([], False)


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "²", "\u0663", "9" * 40, "1e3"])
def test_a_page_that_cannot_be_is_not_found(page: str) -> None:
    with pytest.raises(NotFound):
        page_number(RequestFactory().get("/", {"page": page}))


def test_filters_stay_and_the_first_page_has_one_address() -> None:
    here = RequestFactory().get("/list/", {"by": "a&b", "page": "2"})
    assert neighbours(here, 2, has_more=True) == {"newer": "?by=a%26b", "older": "?by=a%26b&page=3"}
    assert neighbours(RequestFactory().get("/list/?page=2"), 2, has_more=False) == {
        "newer": "/list/",
        "older": "",
    }
