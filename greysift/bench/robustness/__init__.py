"""What becomes of odd and damaged documents."""
