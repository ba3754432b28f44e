"""The table of loaded law files."""

from django.db import models


class LawFile(models.Model):
    """One version of a law file as loaded; the newest of a name holds, older ones stay for old verdicts."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField(help_text="texts/….toml, values/….toml, visas/….toml, calendar/….toml")
    text = models.TextField()
    book_digest = models.TextField(help_text="Sidik buku hukum sesudah berkas ini dimuat")
    loaded_at = models.DateTimeField()
    loaded_by = models.TextField()

    class Meta:
        db_table = "lawbook_file"

    def __str__(self) -> str:
        return f"{self.name} {self.loaded_at:%d-%m-%Y}"
