#!/usr/bin/env python3
"""What CI sees of the sidebar in a few minutes: a funnel and a table inserted, updated, undone and refused. All scenarios are in
the other files; these are some of them."""
import unittest

import bed
import test_inserting
import test_keys
import test_tables

SCENARIOS = (
    (test_inserting.Insert, "test_one_undo_takes_all_of_it_away_and_redo_brings_it_back"),
    (test_inserting.Insert, "test_a_full_target_is_asked_about_and_its_cells_are_named"),
    (test_inserting.Insert, "test_a_protected_sheet_is_answered_with_a_sentence"),
    (test_inserting.Update, "test_a_cell_of_the_table_shows_its_settings_and_update_rewrites_it"),
    (test_tables.Tables, "test_win_rate_is_inserted_changed_updated_undone_and_redone"),
    (test_tables.Tables, "test_a_filled_target_and_a_protected_sheet_are_refused"),
    (test_keys.Keyboard, "test_every_control_has_a_name_and_tells_its_help_text_to_the_keys"),
)


def load_tests(_loader, _tests, _pattern):
    return unittest.TestSuite(kind(scenario) for kind, scenario in SCENARIOS)


if __name__ == "__main__":
    bed.main()
