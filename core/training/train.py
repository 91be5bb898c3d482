"""The training loop: resumable, averaged, on one device or many."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from core.checkpoint import load_checkpoint, save_checkpoint
from core.errors import CheckpointError, InputError
from core.memory import keep_freed_pages
from core.models.frame_transformer import FrameTransformer
from core.models.network import Network, NetworkConfig
from core.models.registry import build_network
from core.precision import emulates_bfloat16
from core.stft import Stft
from core.training.config import Loss, TrainingConfig
from core.training.layerwise import LayerwiseLoss
from core.training.lighter import fit_kernels, narrowed, without_layers
from core.training.loss import magnitude_loss, separation_loss
from core.training.mixing import Mixer
from core.training.shards import RATE, Shards

logger = logging.getLogger(__name__)
STATE = "state.pt"
WEIGHTS = "weights.safetensors"
Tensors = tuple[Tensor, ...] | list[Tensor]


@dataclass(frozen=True)
class TrainingStep:
    """What is told after each change of the weights.

    Attributes:
        step: changes so far.
        loss: mean over the step's examples.
        rate: learning rate.
        audio_hours: hours of mixtures seen since training began, over all processes.
    """

    step: int
    loss: float
    rate: float
    audio_hours: float


class Trainer:
    """One training run in one folder: state.pt to go on from, weights.safetensors to use."""

    def __init__(
        self,
        config: TrainingConfig,
        *,
        data: Path,
        run: Path,
        devices: int = 1,
        nodes: int = 1,
        accelerator: str = "auto",
        start: Path | None = None,
        teacher: Path | None = None,
    ) -> None:
        """Build or resume.

        Args:
            config: of the run; a resumed run takes its settings from here, its weights from disk.
            data: folder of prepared shards.
            run: folder for states, weights and TensorBoard logs.
            devices, nodes, accelerator: as Lightning Fabric names them.
            start: a checkpoint whose weights a new run begins with; a resumed run has its own.
            teacher: a checkpoint of the same spectrogram. What it finds in an example is learnt
                instead of the true voice (distillation, Hinton et al. 2015, arXiv 1503.02531).

        Raises:
            InputError: the data were not prepared.
            CheckpointError: `start` or `teacher` cannot be read, or is of another shape.
        """
        keep_freed_pages()
        self.config, self.run = config, run
        many = devices * nodes > 1
        self.fabric = Fabric(
            accelerator=accelerator,
            devices=devices,
            num_nodes=nodes,
            strategy="ddp" if many else "auto",
            precision=_precision(accelerator),
        )
        self.fabric.launch()
        torch.manual_seed(config.seed)
        network = build_network(config.network)
        if start is not None:
            _take_weights(network, start)
        self.teacher = (
            None if teacher is None else _taught_by(teacher, config.network).to(self.fabric.device)
        )
        self.layers: LayerwiseLoss | None = None
        if config.loss is Loss.LAYERS:
            self.layers = _compared_by_layers(network, self.teacher, alone=not many)
        # torch's stubs do not know the argument.
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        optimizer = torch.optim.AdamW(
            _decayed_apart(network, config.weight_decay), lr=config.rate, betas=(0.9, 0.98)
        )
        self.network, self.optimizer = self.fabric.setup(network, optimizer)
        self.average = AveragedModel(
            network, multi_avg_fn=_moving_average(config.average), use_buffers=True
        )
        if config.compiled:
            network.compile_layers()
        self.step, self.audio_hours = 0, 0.0
        self._resume()
        rank = self.fabric.global_rank
        seed = config.seed + 1000 * rank + 7919 * self.step
        torch.manual_seed(seed)
        self.mixer = Mixer(
            Shards(data, device=self.fabric.device),
            config.mixing,
            stft=Stft(config.network.n_fft, config.network.hop),
            frames=config.frames,
            device=self.fabric.device,
            seed=seed,
        )

    def train(
        self,
        *,
        progress: Callable[[TrainingStep], None],
        seconds: float = float("inf"),
        saved: Callable[[Path], None] = lambda _: None,
    ) -> None:
        """Train until the last step, or for so many seconds; then save.

        Args:
            progress: told of every step.
            seconds: of wall time after which to stop and save.
            saved: given the averaged weights' path each time they were written.
        """
        started = last_saved = time.monotonic()
        self._prepare_layers()
        while self.step < self.config.steps:
            progress(self._change_weights())
            now = time.monotonic()
            # Every process must come to the same answer, or one would wait for the others.
            over = self.fabric.broadcast(now - started > seconds)
            if over:
                break
            if self.fabric.broadcast(now - last_saved > self.config.save_every):
                self.save()
                saved(self.run / WEIGHTS)
                last_saved = time.monotonic()
                self._prepare_layers()
        self.save()
        saved(self.run / WEIGHTS)

    def _prepare_layers(self) -> None:
        self.network.train()
        if self.config.keeps_statistics:
            for layer in self.network.modules():
                if isinstance(layer, nn.BatchNorm2d):
                    layer.eval()

    def _change_weights(self) -> TrainingStep:
        config = self.config
        rate = config.learning_rate(self.step)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        total = 0.0
        for part in range(config.accumulation):
            mixture, vocals = self._examples(config.batch)
            waits = part + 1 < config.accumulation
            with self.fabric.no_backward_sync(self.network, enabled=waits):
                loss = self._loss(mixture, vocals) / config.accumulation
                self.fabric.backward(loss)
            total += loss.item()
        self.fabric.clip_gradients(self.network, self.optimizer, max_norm=config.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=False)
        self.average.update_parameters(self.network.module)
        self.step += 1
        crops = config.batch * config.accumulation * self.fabric.world_size
        self.audio_hours += crops * self.mixer.length / RATE / 3600
        return TrainingStep(self.step, total, rate, self.audio_hours)

    def _examples(self, size: int) -> tuple[Tensor, Tensor]:
        mixture, vocals = self.mixer.batch(size)
        if self.teacher is not None and self.layers is None:
            with torch.no_grad(), self.fabric.autocast():
                vocals = self.teacher(mixture)
        return mixture, vocals

    def _loss(self, mixture: Tensor, vocals: Tensor) -> Tensor:
        if self.layers is not None:
            return self.layers(mixture)
        estimate = self.network(mixture)
        if self.config.loss is Loss.MAGNITUDE:
            return magnitude_loss(estimate, vocals, mixture)
        return separation_loss(
            estimate,
            vocals,
            mixture,
            magnitude_weight=self.config.magnitude_weight,
            energy_weight=self.config.energy_weight,
            sag_weight=self.config.sag_weight,
        )

    def save(self) -> None:
        """Write the state and the averaged weights; each appears whole or not at all."""
        if not self.fabric.is_global_zero:
            return
        self.run.mkdir(parents=True, exist_ok=True)
        state = {
            "network": self.network.module.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "audio_hours": self.audio_hours,
        }
        temporary = self.run / f".{STATE}"
        torch.save(state, temporary)
        temporary.replace(self.run / STATE)
        save_checkpoint(
            self.run / WEIGHTS,
            cast(Network, self.average.module),
            card={
                "name": self.run.name,
                "steps": str(self.step),
                "audio_hours": f"{self.audio_hours:.2f}",
            },
        )
        logger.info("saved step %d", self.step)

    def _resume(self) -> None:
        path = self.run / STATE
        if not path.exists():
            return
        state = torch.load(path, map_location=self.fabric.device, weights_only=True)
        self.network.module.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.audio_hours = state["step"], state["audio_hours"]


def _precision(accelerator: str) -> Literal["bf16-mixed", "32-true"]:
    """bfloat16, but not on processors that must convert at every step: there it is far slower."""
    on_cpu = accelerator == "cpu" or not (
        torch.cuda.is_available() or torch.backends.mps.is_available()
    )
    return "32-true" if on_cpu and emulates_bfloat16() else "bf16-mixed"


def _take_weights(network: Network, path: Path) -> None:
    """Give a new network the weights of a checkpoint of the same shape, lighter or not."""
    former = load_checkpoint(path).only.build()
    weights = former.state_dict()
    if isinstance(network, FrameTransformer):
        weights = without_layers(weights, network.config)
        if isinstance(former, FrameTransformer):
            weights = narrowed(weights, network, former)
    try:
        network.load_state_dict(weights)
    except RuntimeError as error:
        raise CheckpointError(f"{path.name} is of another shape than the config's.") from error
    if isinstance(network, FrameTransformer) and isinstance(former, FrameTransformer):
        fit_kernels(network, former.config)


def _taught_by(path: Path, config: NetworkConfig) -> Network:
    """A checkpoint's network, ready to tell another what it finds."""
    teacher = load_checkpoint(path).only.build()
    if (teacher.config.n_fft, teacher.config.hop) != (config.n_fft, config.hop):
        raise CheckpointError(f"{path.name} sees another spectrogram than the config's network.")
    # torch's stubs do not know the argument.
    teacher.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return teacher.eval().requires_grad_(False)


def _compared_by_layers(network: Network, teacher: Network | None, *, alone: bool) -> LayerwiseLoss:
    if not isinstance(network, FrameTransformer) or not isinstance(teacher, FrameTransformer):
        raise CheckpointError("Layers can learn from a teacher that is a frame transformer too.")
    if not alone:
        raise InputError("Layers learn in one process on one device.")
    return LayerwiseLoss(network, teacher)


def _moving_average(
    decay: float,
) -> Callable[[Tensors, Tensors, Tensor | int], None]:
    """An exponential moving average that forgets the first random weights quickly."""

    @torch.no_grad()
    def update(average: Tensors, current: Tensors, updates: Tensor | int) -> None:
        count = int(updates)
        share = 1 - min(decay, (1 + count) / (10 + count))
        if average[0].is_floating_point():
            torch._foreach_lerp_(average, current, share)
        else:
            torch._foreach_copy_(average, current)

    return update


def _decayed_apart(network: nn.Module, decay: float) -> list[dict[str, object]]:
    """Weight decay for matrices and kernels only, not for gains and offsets."""
    matrices = [p for p in network.parameters() if p.ndim > 1]
    rest = [p for p in network.parameters() if p.ndim <= 1]
    return [{"params": matrices, "weight_decay": decay}, {"params": rest, "weight_decay": 0.0}]
