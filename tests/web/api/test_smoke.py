from tests.web.api.callers import *
def test_x(village):
    p=program_of(village.ben)
    for path in ["/me","/me/rights","/me/holdings","/token","/members","/members?limit=1","/members/1","/circles","/circles/1","/circles/1/members","/roles","/figures/members","/nope","/members?x=1","/members?cursor=abc","/members/99999999999999999999999","/members?circle=0"]:
        a=p.get(path); print(path,a.status_code,a.content[:300], dict(a.headers) if path=="/members?limit=1" else "")
    a=p.send("PATCH","/me",'{"name":"Benno"}'); print(a.status_code,a.content)
    a=p.send("POST","/me",'{"name":"Benno"}'); print(a.status_code,a.content,a.headers)
    print(Program().get("/me").content, p.client.get("/api/v1/").status_code, len(p.client.get("/api/v1/openapi.json").content))
