"""The ``kommunlager`` command: the steps of the main job and how they are run."""
