from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from porch.people.doors import operators
from porch.web.doctor.looks import look_over


@operators
def show_doctor(request: HttpRequest) -> HttpResponse:
    """What `porch doctor` finds, what is wrong first."""
    order = ("wrong", "advice", "good")
    findings = sorted(look_over(is_inside=True), key=lambda each: order.index(each.state))
    shown = {"findings": findings, "wrong": sum(each.state == "wrong" for each in findings)}
    return render(request, "desk/doctor/doctor.html", shown)
