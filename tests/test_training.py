"""Training learns, stops and goes on as if it had not stopped; examples are what they claim."""

import dataclasses
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from core.audio import Audio
from core.checkpoint import Checkpoint, load_checkpoint, load_chosen, save_checkpoint
from core.devices import choose_device
from core.ensemble import CheckpointChoice, Combination
from core.errors import CheckpointError, InputError
from core.measures import Scores
from core.models.config import FrameTransformerConfig
from core.models.frame_transformer import FrameTransformer
from core.models.registry import build_network
from core.models.unet import UNetConfig
from core.separator import Separator
from core.stft import Stft
from core.training.config import Loss, TrainingConfig, read_config
from core.training.evaluate import as_json, bss_scores, evaluate, song_folders
from core.training.lighter import squeezed
from core.training.loss import magnitude_loss, sag, separation_loss
from core.training.mixing import Mixer, MixingConfig
from core.training.publish import calibrated, publish
from core.training.shards import Shards, prepare
from core.training.train import Trainer, TrainingStep, _compared_by_layers, _precision
from core.training.untrained import write_untrained
from tests.tiny import TINY, tiny_checkpoint

RATE = 44100
CPU = torch.device("cpu")


def write_tone(path: Path, hertz: float, *, seconds: float = 3, channels: int = 2) -> None:
    time = np.arange(round(seconds * RATE)) / RATE
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = np.tile(0.4 * np.sin(2 * np.pi * hertz * time)[:, None], (1, channels))
    soundfile.write(path, samples, RATE)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bands are tones of 100 and 150 Hz, voices of 1000 and 1500 Hz; one song has both."""
    root = tmp_path_factory.mktemp("audio")
    for number, hertz in enumerate((100, 150)):
        write_tone(root / "bands" / f"band{number}.wav", hertz)
        write_tone(root / "voices" / f"voice{number}.flac", 10 * hertz, channels=1)
    write_tone(root / "songs" / "one" / "vocals.wav", 1200)
    write_tone(root / "songs" / "one" / "accompaniment.wav", 120)
    (root / "voices" / "broken.wav").write_bytes(b"RIFF")
    told: list[str] = []
    prepare(
        root / "shards",
        instrumentals=[root / "bands"],
        vocals=[root / "voices"],
        pairs=[root / "songs"],
        progress=told.append,
    )
    assert sum("broken" in text for text in told) == 1
    return root / "shards"


def config_of(**changes: object) -> TrainingConfig:
    base = TrainingConfig(
        TINY, frames=24, batch=2, steps=6, warmup=2, rate=3e-3, average=0.5, save_every=1e9
    )
    return dataclasses.replace(base, **changes)  # type: ignore[arg-type]


def mixer_of(data: Path, config: MixingConfig, frames: int = 24, seed: int = 1) -> Mixer:
    shards = Shards(data, device=CPU)
    return Mixer(shards, config, stft=Stft(), frames=frames, device=CPU, seed=seed)


def test_shards_hold_what_was_decoded(data: Path) -> None:
    shards = Shards(data, device=CPU)
    clip = shards.clips["vocals"][0]
    assert (clip.name, clip.length) == ("voice0.flac", 3 * RATE)
    time = torch.arange(1000, 3000) / RATE
    expected = 0.4 * torch.sin(2 * torch.pi * 1000 * time)
    assert torch.allclose(shards.read(clip, 1000, 2000), expected.expand(2, -1), atol=2e-4)
    beyond = shards.read(clip, 3 * RATE - 10, 30)
    assert beyond.shape == (2, 30)
    assert beyond[:, 10:].abs().max() == 0


def test_data_that_were_not_prepared_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run prepare first"):
        Shards(tmp_path, device=CPU)


@pytest.mark.parametrize("augmented", [True, False])
def test_examples_hold_their_voice(data: Path, augmented: bool) -> None:
    config = MixingConfig(
        augmented=augmented, mixture_probability=1, voice_only=0, pair_probability=0
    )
    mixture, vocals = mixer_of(data, config).batch(8)
    assert mixture.shape == vocals.shape == (8, 2, 1025, 24)
    assert mixture.dtype == torch.complex64
    power = vocals.abs().square().sum((1, 3))
    # 500 Hz parts the bands from the voices, whatever speed they are played at.
    assert power[:, 30:].sum() > 20 * power[:, :20].sum()
    band_power = (mixture - vocals).abs().square().sum((1, 3))
    assert band_power[:, :20].sum() > 20 * band_power[:, 30:].sum()
    assert (power.sum(1) > 0).all()


def test_some_examples_have_no_voice_and_some_nothing_else(data: Path) -> None:
    silent = mixer_of(data, MixingConfig(mixture_probability=0, pair_probability=0))
    assert silent.batch(4)[1].abs().max() == 0
    alone = mixer_of(data, MixingConfig(mixture_probability=1, voice_only=1, pair_probability=0))
    mixture, vocals = alone.batch(4)
    assert torch.allclose(mixture, vocals, atol=1e-3)


def test_pairs_keep_voice_and_band_of_one_song_together(data: Path) -> None:
    config = MixingConfig(mixture_probability=1, voice_only=0, pair_probability=1)
    mixture, vocals = mixer_of(data, config).batch(4)
    for spectrogram, hertz in ((vocals, 1200), (mixture - vocals, 120)):
        peaks = spectrogram.abs().sum((1, 3)).argmax(1)
        assert (peaks - round(hertz / RATE * 2048)).abs().max() <= 1


@pytest.mark.parametrize("augmented", [True, False])
def test_examples_depend_on_the_seed_and_not_on_what_a_network_draws(
    data: Path, augmented: bool
) -> None:
    config = MixingConfig(augmented=augmented)
    one, same, other = (mixer_of(data, config, seed=seed) for seed in (1, 1, 2))
    torch.manual_seed(1)
    before = torch.random.get_rng_state()
    first = [one.batch(3)[0] for _ in range(2)]
    assert torch.equal(torch.random.get_rng_state(), before)
    second = []
    for _ in range(2):
        torch.dropout(torch.ones(100), 0.1, train=True)
        second.append(same.batch(3)[0])
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))
    assert not torch.equal(first[0], first[1])
    assert not torch.equal(first[0], other.batch(3)[0])


def test_the_loss_is_zero_for_the_truth_and_grows_with_error() -> None:
    vocals, band = torch.randn(2, 3, 2, 65, 9, dtype=torch.complex64)
    mixture = vocals + band
    for loss in (
        magnitude_loss,
        lambda e, v, m: separation_loss(e, v, m, magnitude_weight=0.3),
        lambda e, v, m: separation_loss(e, v, m, magnitude_weight=0.3, energy_weight=1),
        lambda e, v, m: separation_loss(e, v, m, magnitude_weight=0.0, sag_weight=1),
    ):
        assert loss(vocals, vocals, mixture) < 1e-4
        near, far = loss(vocals * 0.9, vocals, mixture), loss(vocals * 0.5, vocals, mixture)
        assert 0.01 < near < far


def test_the_loss_does_not_depend_on_level() -> None:
    vocals, band, guess = torch.randn(3, 1, 2, 65, 9, dtype=torch.complex64)
    mixture = vocals + band
    weights = {"magnitude_weight": 1.0, "energy_weight": 1.0, "sag_weight": 1.0}
    quiet = separation_loss(guess, vocals, mixture, **weights)
    loud = separation_loss(9 * guess, 9 * vocals, 9 * mixture, **weights)
    assert quiet == pytest.approx(loud.item(), rel=1e-3)


def test_the_energy_term_counts_one_loud_error_above_many_weak_ones() -> None:
    mixture = torch.ones(1, 2, 65, 9, dtype=torch.complex64)
    weak, loud = torch.full_like(mixture, 0.01), torch.zeros_like(mixture)
    loud[0, 0, 3] = 0.01 * 130 / 2
    weights = {"magnitude_weight": 0.0, "energy_weight": 0.0}
    silence = torch.zeros_like(mixture)
    losses = [separation_loss(error, silence, mixture, **weights) for error in (weak, loud)]
    assert losses[0].item() == pytest.approx(2 * losses[1].item(), rel=0.01)
    weights["energy_weight"] = 1.0
    losses = [separation_loss(error, silence, mixture, **weights) for error in (weak, loud)]
    assert losses[0] < losses[1]


def test_sag_counts_what_is_too_quiet_and_not_what_is_too_loud() -> None:
    true = torch.randn(1, 2, 65, 170, dtype=torch.complex64)
    assert sag(true, true).item() == 0
    assert sag(2 * true, true).item() == 0
    assert sag(true / 2, true).item() == pytest.approx((6.02 - 1) / 10, abs=0.01)
    dropout = true.clone()
    dropout[..., :17] *= 0.01
    assert 0 < sag(dropout, true).item() < 0.5
    silent = true.clone()
    silent[..., 85:] = 0
    assert sag(silent, silent).item() == 0


def test_the_learning_rate_rises_holds_and_falls() -> None:
    config = config_of(steps=100, warmup=10, decay=0.2, rate=1.0, final_rate=0.0)
    rates = [config.learning_rate(step) for step in range(100)]
    assert rates[0] == pytest.approx(0.1)
    assert set(rates[10:80]) == {1.0}
    assert rates[90] == pytest.approx(0.5)
    assert rates[99] == pytest.approx(0.05)


def test_training_learns_and_saves(data: Path, tmp_path: Path) -> None:
    seen: list[TrainingStep] = []
    trainer = Trainer(
        config_of(steps=60, batch=4), data=data, run=tmp_path / "run", accelerator="cpu"
    )
    trainer.train(progress=seen.append)
    losses = [step.loss for step in seen]
    assert [step.step for step in seen] == list(range(1, 61))
    assert np.mean(losses[-15:]) < 0.8 * np.mean(losses[:15])
    assert seen[-1].audio_hours == pytest.approx(60 * 4 * 23 * 1024 / RATE / 3600)
    checkpoint = load_checkpoint(tmp_path / "run" / "weights.safetensors")
    assert checkpoint.only.config == TINY
    assert checkpoint.card["steps"] == "60"


def test_a_resumed_run_goes_on_where_it_stopped(data: Path, tmp_path: Path) -> None:
    first = Trainer(config_of(steps=3), data=data, run=tmp_path, accelerator="cpu")
    first.train(progress=lambda _: None)
    again = Trainer(config_of(steps=5), data=data, run=tmp_path, accelerator="cpu")
    assert again.step == 3
    for one, other in zip(first.network.parameters(), again.network.parameters(), strict=True):
        assert torch.equal(one, other)
    for one, other in zip(first.average.parameters(), again.average.parameters(), strict=True):
        assert torch.equal(one, other)
    old, new = (t.optimizer.state_dict()["state"][0]["exp_avg"] for t in (first, again))
    assert torch.equal(old, new)
    steps: list[int] = []
    again.train(progress=lambda step: steps.append(step.step))
    assert steps == [4, 5]


def test_a_new_run_can_begin_with_a_checkpoint(data: Path, tmp_path: Path) -> None:
    checkpoint = tiny_checkpoint(tmp_path)
    trainer = Trainer(
        config_of(), data=data, run=tmp_path / "run", accelerator="cpu", start=checkpoint.path
    )
    for name, value in trainer.network.module.state_dict().items():
        assert torch.equal(value, checkpoint.only.weights[name])
    other = config_of(network=dataclasses.replace(TINY, feedforward=32))
    with pytest.raises(CheckpointError, match="another shape"):
        Trainer(other, data=data, run=tmp_path / "other", accelerator="cpu", start=checkpoint.path)


def test_a_network_can_learn_from_another(data: Path, tmp_path: Path) -> None:
    teacher = tiny_checkpoint(tmp_path)
    run = tmp_path / "run"
    trainer = Trainer(
        config_of(), data=data, run=run, accelerator="cpu", start=teacher.path, teacher=teacher.path
    )
    mixture, target = trainer._examples(2)
    expected = teacher.only.build().eval()(mixture)
    assert torch.allclose(target, expected, atol=1e-3)
    assert not target.requires_grad
    other = dataclasses.replace(TINY, n_fft=4096, bands=((2048, 16),))
    write_untrained(tmp_path / "wide.safetensors", other)
    with pytest.raises(CheckpointError, match="another spectrogram"):
        Trainer(
            config_of(),
            data=data,
            run=tmp_path / "other",
            accelerator="cpu",
            teacher=tmp_path / "wide.safetensors",
        )


def test_layers_can_learn_from_those_of_a_wider_network(data: Path, tmp_path: Path) -> None:
    wide = tiny_checkpoint(tmp_path).path
    config = config_of(
        network=dataclasses.replace(TINY, inner=(3, 5)), loss=Loss.LAYERS, keeps_statistics=True
    )
    trainer = Trainer(
        config, data=data, run=tmp_path / "run", accelerator="cpu", start=wide, teacher=wide
    )
    steps: list[TrainingStep] = []
    trainer.train(progress=steps.append)
    assert len(steps) == config.steps
    assert steps[-1].loss < steps[0].loss
    learnt = load_checkpoint(tmp_path / "run" / "weights.safetensors").only
    before = load_checkpoint(wide).only.weights
    assert torch.equal(learnt.weights["join.heads.0.weight"], before["join.heads.0.weight"])
    with pytest.raises(CheckpointError, match="a teacher that is"):
        Trainer(config, data=data, run=tmp_path / "alone", accelerator="cpu", start=wide)
    with pytest.raises(InputError, match="one process"):
        _compared_by_layers(trainer.network.module, trainer.teacher, alone=False)


def test_batch_norms_can_keep_their_statistics(data: Path, tmp_path: Path) -> None:
    def after_a_step(*, keeps: bool) -> list[torch.Tensor]:
        config = config_of(steps=1, keeps_statistics=keeps)
        trainer = Trainer(config, data=data, run=tmp_path / str(keeps), accelerator="cpu")
        trainer.train(progress=lambda _: None)
        return [b for n, b in trainer.network.module.named_buffers() if n.endswith("running_mean")]

    assert all(not mean.any() for mean in after_a_step(keeps=True))
    assert all(mean.any() for mean in after_a_step(keeps=False))


def test_kernels_are_fitted_to_a_pooled_network(data: Path, tmp_path: Path) -> None:
    checkpoint = tiny_checkpoint(tmp_path)
    pooled = dataclasses.replace(TINY, pooling=(1, 2))
    trainer = Trainer(
        config_of(network=pooled),
        data=data,
        run=tmp_path / "run",
        accelerator="cpu",
        start=checkpoint.path,
    )
    changed = [
        name
        for name, value in trainer.network.module.state_dict().items()
        if not torch.equal(value, checkpoint.only.weights[name])
    ]
    assert changed and all(name.startswith(("branches.1.", "up_branches.")) for name in changed)
    # A pulse two frames away is one pooled frame away.
    kernel = torch.tensor([0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 4.0])
    expected = torch.tensor([0.0, 0.0, 0.5, 0.5, 2.0, 2.0, 0.0])
    assert torch.equal(squeezed(kernel, 2), expected)
    assert torch.equal(squeezed(torch.ones(9), 4).sum(), torch.tensor(9.0))


def test_a_lighter_core_begins_with_the_layers_that_it_keeps(data: Path, tmp_path: Path) -> None:
    whole = dataclasses.replace(TINY, channels=(4, 7), axial=2, axial_heads=2)
    checkpoint = tiny_checkpoint(tmp_path, whole)

    def trainer(network: FrameTransformerConfig) -> Trainer:
        return Trainer(
            config_of(network=network),
            data=data,
            run=tmp_path / "run",
            accelerator="cpu",
            start=checkpoint.path,
        )

    light = dataclasses.replace(whole, axial_pooling=((0, 0, 2, 0),) * 2)
    found = trainer(light).network.module.state_dict()
    assert {name.split(".")[3] for name in found if name.startswith("core.blocks.")} == {
        "along_positions"
    }
    assert all(torch.equal(value, checkpoint.only.weights[name]) for name, value in found.items())
    with pytest.raises(CheckpointError, match="another shape"):
        trainer(dataclasses.replace(whole, axial=1))


def test_a_run_stops_when_its_time_is_over_and_keeps_what_it_has(
    data: Path, tmp_path: Path
) -> None:
    saved: list[Path] = []
    trainer = Trainer(config_of(steps=1000), data=data, run=tmp_path, accelerator="cpu")
    trainer.train(progress=lambda _: None, seconds=0, saved=saved.append)
    assert trainer.step == 1
    assert saved == [tmp_path / "weights.safetensors"]
    assert (tmp_path / "state.pt").exists()


def test_two_processes_train_one_network(data: Path, tmp_path: Path) -> None:
    config = tmp_path / "two.toml"
    network = {**vars(TINY)}
    lines = "\n".join(
        f"{name} = {json.dumps(list(value) if isinstance(value, tuple) else value)}"
        for name, value in network.items()
    )
    config.write_text(
        f"[network]\n{lines}\n[training]\nframes = 16\nbatch = 1\nsteps = 3\nwarmup = 1\n",
        encoding="utf-8",
    )
    run = tmp_path / "run"
    command = [sys.executable, "-m", "app", "train", str(config)]
    command += ["--data", str(data), "--run", str(run), "--devices", "2", "--accelerator", "cpu"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    checkpoint = load_checkpoint(run / "weights.safetensors")
    assert checkpoint.card["steps"] == "3"
    state = torch.load(run / "state.pt", weights_only=True)
    # Both processes' crops are counted: 3 steps of 2 x 1 crop.
    assert state["audio_hours"] == pytest.approx(6 * 15 * 1024 / RATE / 3600)


def test_configs_are_read_or_refused_with_a_sentence(tmp_path: Path) -> None:
    for path in sorted((Path(__file__).parent.parent / "configs").rglob("*.toml")):
        assert read_config(path).steps > 0
    bad = tmp_path / "bad.toml"
    for text in ("[training]\nspeed = 3\n", "[network]\nshape = 'huge'\n", "["):
        bad.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="cannot be used"):
            read_config(bad)
    with pytest.raises(InputError, match="There is no training config"):
        read_config(tmp_path / "missing.toml")


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="museval wants an ffmpeg program")
def test_evaluation_measures_every_song(tmp_path: Path) -> None:
    for song, hertz in (("a", 300), ("b", 500)):
        write_tone(tmp_path / "songs" / song / "vocals.wav", hertz)
        write_tone(tmp_path / "songs" / song / "accompaniment.wav", 90)
    separator = Separator(
        tiny_checkpoint(tmp_path), device=choose_device("cpu"), dtype=torch.float32
    )
    results = evaluate(separator, tmp_path / "songs", with_museval=True)
    assert [result.name for result in results] == ["a", "b"]
    assert all(result.bss is not None for result in results)
    scores = json.loads(as_json(results))
    assert scores["mean"]["gain"] == pytest.approx(
        np.mean([result.scores.gain for result in results])
    )
    assert scores["mean_bss"] is not None
    assert scores["dropouts"]["listed"] == sum(result.dropouts.listed for result in results)


def test_bss_scores_hold_for_stems_that_end_at_a_lowpass() -> None:
    rng = np.random.default_rng(5)
    spectrum = np.fft.rfft(0.1 * rng.standard_normal((3, 2, 4 * RATE)))
    spectrum[..., 4 * 8000 :] = 0
    voice, rest, hiss = np.fft.irfft(spectrum).astype(np.float32)
    hiss *= 0.03
    estimate = voice + 0.1 * rest + hiss
    bss = bss_scores(Audio(voice, RATE), Audio(rest, RATE), estimate)
    assert bss.vocals_sir == pytest.approx(20, abs=1.5)  # -8 without the rounding to 16 bits
    noise = 10 * np.log10(np.mean(voice**2) / np.mean(hiss**2))
    assert bss.vocals_sar == pytest.approx(noise, abs=3)
    assert bss.vocals_sdr == pytest.approx(-10 * np.log10(0.01 + 10 ** (-noise / 10)), abs=1)
    assert bss.instrumental_sdr == pytest.approx(bss.vocals_sdr, abs=2)


def test_a_folder_without_songs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no songs"):
        song_folders(tmp_path)
    with pytest.raises(InputError, match="There is no folder"):
        song_folders(tmp_path / "missing")


def test_a_published_checkpoint_is_half_the_size_and_has_a_full_card(tmp_path: Path) -> None:
    source = tiny_checkpoint(tmp_path).path
    scores = Scores(1, 2, 3, 4.123456, 5, 0.25, 0.125)
    target = tmp_path / "published.safetensors"
    publish(
        load_checkpoint(source),
        target,
        name="One",
        licence="CC0",
        training_data="Two tones.",
        scores=scores,
    )
    checkpoint = load_checkpoint(target)
    assert checkpoint.name == "One"
    assert checkpoint.card["training_data"] == "Two tones."
    assert json.loads(checkpoint.card["scores"])["gain"] == 4.1235
    assert target.stat().st_size < 0.7 * source.stat().st_size


def test_several_weights_are_published_as_one_file(tmp_path: Path) -> None:
    choice = CheckpointChoice((tiny_checkpoint(tmp_path).path,) * 2, Combination.MAXIMUM)
    scores = Scores(1, 2, 3, 4.123456, 5, 0.25, 0.125)
    target = tmp_path / "published.safetensors"
    publish(
        load_chosen(choice),
        target,
        name="Two",
        licence="CC0",
        training_data="Tones.",
        scores=scores,
    )
    checkpoint = load_checkpoint(target)
    assert (checkpoint.name, len(checkpoint.networks)) == ("Two", 2)
    assert checkpoint.combination is Combination.MAXIMUM
    assert json.loads(checkpoint.card["scores"])["gain"] == 4.1235


def network_of(checkpoint: Checkpoint) -> FrameTransformer:
    network = checkpoint.only.build()
    assert isinstance(network, FrameTransformer)
    return network


def test_calibration_moves_every_masks_logit(tmp_path: Path) -> None:
    checkpoint = tiny_checkpoint(tmp_path)
    moved = calibrated(checkpoint, slope=0.8, offset=0.5)
    mixture = torch.randn(1, 2, 1025, 8, dtype=torch.complex64)
    with torch.inference_mode():
        before, after = (
            torch.logit(network_of(each).mask(mixture).double()) for each in (checkpoint, moved)
        )
    assert torch.allclose(after, 0.8 * before + 0.5, atol=1e-4)


def test_other_architectures_are_not_calibrated(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    save_checkpoint(path, build_network(UNetConfig()), card={})
    with pytest.raises(CheckpointError, match="Only frame transformers"):
        calibrated(load_checkpoint(path), slope=1.0, offset=0.1)


def test_a_draw_of_stems_is_mixed_in_other_pairs(data: Path) -> None:
    torch.manual_seed(3)
    mixer = mixer_of(data, MixingConfig(pairings=2, pair_probability=0.0))
    (band, voice), (again, other) = mixer._stems(4), mixer._stems(4)
    assert torch.equal(band, again)
    assert not torch.equal(voice, other)
    assert sorted(voice.square().sum((1, 2)).tolist()) == sorted(
        other.square().sum((1, 2)).tolist()
    )
    assert not torch.equal(mixer._stems(4)[0], band)


@pytest.mark.parametrize(("supported", "expected"), [(True, "bf16-mixed"), (False, "32-true")])
def test_processors_without_bfloat16_train_in_float32(
    supported: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", lambda: supported)
    assert _precision("cpu") == expected
