# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of the ledger, and the triggers under them."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import goodoffices.ledger.ids
from goodoffices.ledger import guards


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("schema", models.PositiveSmallIntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("actor", models.UUIDField(null=True)),
                ("actor_kind", models.CharField(max_length=16)),
                ("act", models.CharField(max_length=64)),
                ("outcome", models.CharField(max_length=8)),
                ("subjects", models.JSONField(default=list)),
                ("facts", models.JSONField(default=dict)),
                ("commitment", models.CharField(max_length=64, null=True)),
                ("leaf_hash", models.CharField(max_length=64)),
                ("root", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ("seq",),
            },
        ),
        migrations.CreateModel(
            name="EntrySubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=64)),
                ("subject", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(default=goodoffices.ledger.ids.new_id, editable=False, unique=True),
                ),
                ("topic", models.CharField(max_length=64)),
                ("payload", models.JSONField(default=dict)),
                ("dedup_key", models.CharField(max_length=128, null=True, unique=True)),
                ("coalesces", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("claimed_by", models.CharField(blank=True, max_length=64)),
                ("lease_until", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="TreeState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.BigIntegerField()),
                ("frontier", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="PrivateFact",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="private_fact",
                        serialize=False,
                        to="ledger.entry",
                    ),
                ),
                ("salt", models.CharField(max_length=64)),
                ("content", models.TextField()),
            ],
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["act", "seq"], name="ledger_entry_act"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["actor", "seq"], name="ledger_entry_actor"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("seq__gte", 1)), name="ledger_entry_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ("done", "refused"))), name="ledger_entry_outcome"
            ),
        ),
        migrations.AddField(
            model_name="entrysubject",
            name="entry",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="ledger.entry",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("done_at", None), ("failed_at", None)),
                fields=["due_at", "id"],
                name="ledger_message_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="treestate",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="ledger_state_single"),
        ),
        migrations.AddIndex(
            model_name="entrysubject",
            index=models.Index(fields=["subject", "kind", "entry"], name="ledger_subject_entry"),
        ),
        migrations.AddConstraint(
            model_name="entrysubject",
            constraint=models.UniqueConstraint(
                fields=("entry", "kind", "subject"), name="ledger_subject_once"
            ),
        ),
        migrations.RunPython(guards.install, guards.lift),
    ]
