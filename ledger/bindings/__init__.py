"""What every event of every contract says. Written by `python -m ledger.binding_writer`; do not edit."""
