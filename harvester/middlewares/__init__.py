"""What stands between spider and network: which hosts, how patiently, from the recording or live, and the capture."""
