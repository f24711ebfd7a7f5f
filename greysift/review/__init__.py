"""The pages that reviewers see."""
