from dataclasses import dataclass

from porch.engine.facts.kinds import AudienceFact


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePublished(AudienceFact):
    article_id: int
