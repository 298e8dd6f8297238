"""A Microsoft 365 and Azure tenant on this machine: what ``demo`` audits, and the test double.

``_model`` says what a company is, ``_company`` makes one from a seed, and the other modules serve
it over https on loopback: ``_entra`` sign-in, ``_graph`` (mail, drives, directory, ``$batch``),
``_blob`` storage, ``_arm`` resource manager, ``_dataverse`` an environment of Dynamics 365.
``_handle`` starts it; ``python -m`` of this package serves it until its standard input closes.

Imitated: the read calls an auditor makes, with Microsoft's paging, delta tokens, error shapes,
permissions, redirects and ranges. Not imitated: writing, ``$filter``, ``$expand``, ``$orderby``,
``$search`` (501, never a wrong answer), beta but for Intune, compression, HTTP/2, quotas of their
own (``_faults`` throttles on demand), SAS and shared keys, blob versions, snapshots and
soft-deleted blobs.
"""
