"""The reference: the same pages by hand, in bare Starlette, raw SQL and Jinja2, as quick as that goes.

No framework behind it and no middleware: statements run on an open connection for each thread, templates are
compiled before the first request, the collector does not walk what is loaded. Pages are plain functions, which
Starlette runs on its threads: a statement that waits must not hold up the live streams of the same process, on
either side. With BENCH_INLINE=1 it drops even that and runs them in the event loop, as no server should.
It renders the same template files as Porch, so that a change of a page weighs on both sides. Whoever makes it
quicker without leaving work out makes the benchmark better.
"""
