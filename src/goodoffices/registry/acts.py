# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ledger acts of the registry."""

from __future__ import annotations

from goodoffices.ledger.acts import register_acts

register_acts(
    {
        "registry.source_added": "A source was added.",
        "registry.source_described": "A source's description was changed.",
        "registry.source_withdrawn": "A source was withdrawn with all it said.",
        "registry.source_restored": "A withdrawn source was restored.",
        "registry.file_kept": "A file was encrypted and kept as it came.",
        "registry.orphan_files_removed": "Files that no row names were removed from the folder of kept files.",
        "registry.file_opened": "A kept file was opened or downloaded.",
        "registry.batch_undone": "An import, a report or an entry was taken back.",
        "registry.judged_same": "Two records were judged to be one person.",
        "registry.judged_different": "Two records were judged to be different people.",
        "registry.judged_unsure": "Two records were left undecided.",
        "registry.joined_by_model": "A run of the model joined records.",
        "registry.judgement_confirmed": "A person confirmed a join the model had made.",
        "registry.judgement_undone": "A judgement was taken back.",
        "registry.split": "Some of a person's records were set apart.",
        "registry.assessed": "A property of a person was assessed.",
        "registry.assessment_seconded": "A second person agreed to an assessment.",
        "registry.assessment_ended": "An assessment was taken back.",
        "registry.event_added": "An event was added.",
        "registry.event_described": "An event's description was changed.",
        "registry.taken_added": "People were said to be in an event.",
        "registry.taken_removed": "It was taken back that somebody was in an event.",
        "registry.places_added": "Places were added.",
        "registry.testimony_agreed": "It was recorded whether somebody free has agreed to be asked about an event.",
        "registry.place_described": "A place's description was changed.",
        "registry.condition_added": "What a source says of the conditions in a place was added.",
        "registry.condition_ended": "What a source says of the conditions in a place was taken back.",
        "registry.authorities_added": "Authorities were added.",
        "registry.note_added": "A note was written beside a person.",
        "registry.note_ended": "A note was taken back by who wrote it.",
        "registry.people_exported": "A list of people was exported.",
        "registry.person_read": "A person's page with restricted facts was read.",
    }
)
