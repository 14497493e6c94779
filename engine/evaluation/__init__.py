"""Judging results: age error, identity, fairness, realism, speed."""
