from django.http import HttpResponse
from django.shortcuts import render

from porch.kit.time import now
from porch.people.account.steps import take_step
from porch.people.doors import SignedInRequest, operators
from porch.web.doctor.looks import look_over


@operators
def show_doctor(request: SignedInRequest) -> HttpResponse:
    """What `porch doctor` finds, what is wrong first."""
    order = ("wrong", "advice", "good")
    findings = sorted(look_over(is_inside=True), key=lambda each: order.index(each.state))
    shown = {"findings": findings, "wrong": sum(each.state == "wrong" for each in findings)}
    # Into a database of another version nothing is written.
    if all(each.state != "wrong" for each in findings if each.what == "database"):
        take_step(person=request.user, step="doctor", at=now())
    return render(request, "desk/doctor/doctor.html", shown)
