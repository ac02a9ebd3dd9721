"""The use cases: the only place where files, the store and the pipeline meet. Callers import the modules."""
