"""A Dask cluster as the place where pages are worked: the coordinator's side and the workers'.

``coordinator`` hands out pages and takes their results; ``hall`` is its line to the cluster, and
``room`` what a worker has of a run; ``board`` stands on the scheduler; ``seal``, ``terms`` and
``lines`` are what both sides share.
"""
