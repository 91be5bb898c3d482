"""The separation core: audio, STFT, models, checkpoints, separation, measures and training."""
