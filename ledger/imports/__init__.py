"""Published lists, as others published them, into records (R20, R22, R23).

readers ──rows──▶ validation ──lines, refused──▶ repetition ──held back──▶ commands ──▶ outbox
                                                                 └──▶ report, anchored as evidence
"""
