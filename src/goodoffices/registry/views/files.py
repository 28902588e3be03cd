# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hand out a kept file as it came: a download by POST, entered in the ledger."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from goodoffices.access import clock
from goodoffices.access.doors import StaffRequest, door
from goodoffices.access.policy import fetch
from goodoffices.access.roles import IMPORT_LISTS, ROLES
from goodoffices.registry.models import Artifact
from goodoffices.registry.services.sources import open_file

MAY_OPEN = tuple(key for key, role in ROLES.items() if IMPORT_LISTS in role.powers)


@door(*MAY_OPEN, methods=("POST",), object_rule="open a visible file")
def download(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Decrypt a file and hand it out, never to be shown in the browser itself."""
    found = fetch(request.actor, Artifact, public_id, to="open")
    data = open_file(found, actor=request.actor, now=clock.now())
    response = HttpResponse(data, content_type="application/octet-stream")
    ending = "".join(char for char in found.name.rsplit(".", 1)[-1].lower() if char.isascii() and char.isalnum())[:8]
    # The name on disk says nothing of whom the list names.
    response["Content-Disposition"] = f'attachment; filename="original-{found.sha256[:12]}.{ending or "bin"}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
