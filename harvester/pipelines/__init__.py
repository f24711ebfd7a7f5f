"""What is done with what a spider yields: one duty each."""
