//! The window painted by the processor, where OpenGL does not start: remote desktops, virtual machines, old drivers. The same
//! frames, painted by the rasterizer that paints the pictures of the tests; of each frame only what changed.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use accesskit_winit::WindowEvent as AccessEvent;
use egui::{Context, Event, FullOutput, Vec2, ViewportBuilder, ViewportCommand, ViewportId, ViewportInfo, vec2};
use egui_winit::ActionRequested;
use softbuffer::Surface;
use winit::application::ApplicationHandler;
use winit::event::{StartCause, WindowEvent};
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy, OwnedDisplayHandle};
use winit::window::{Window, WindowId};

use super::pane::{self, Opening, Pane};
use crate::form::Catalog;
use crate::ui::look::painting::Painting;
use crate::ui::look::raster::Area;

/// Longest side of a texture; a font's begins far smaller.
const MAX_TEXTURE_SIDE: usize = 8192;

type Failure = Box<dyn std::error::Error>;

/// What wakes the window.
enum Wake {
    /// A frame is wanted then.
    Frame(Instant),
    /// A screen reader asks.
    Access(accesskit_winit::Event),
}

impl From<accesskit_winit::Event> for Wake {
    fn from(event: accesskit_winit::Event) -> Self {
        Self::Access(event)
    }
}

/// Opens the window and returns when it is closed.
pub fn run(catalog: Catalog, opening: Opening) -> Result<(), Failure> {
    let events = EventLoop::with_user_event().build()?;
    let ctx = Context::default();
    ctx.add_font_provider(Arc::new(egui_system_font_provider::SystemFontProvider::new()));
    let proxy = events.create_proxy();
    let waker = proxy.clone();
    ctx.set_request_repaint_callback(move |wanted| {
        // A window that is gone needs no frame.
        let _sent = waker.send_event(Wake::Frame(Instant::now() + wanted.delay));
    });
    let pane = Pane::new(catalog, opening, &ctx, "处理器（没有用显卡）");
    let mut runner = Runner { ctx, pane, proxy, shown: None, next: None, failed: None };
    events.run_app(&mut runner)?;
    runner.failed.map_or(Ok(()), Err)
}

/// The event loop's side of it.
struct Runner {
    ctx: Context,
    pane: Pane,
    proxy: EventLoopProxy<Wake>,
    shown: Option<Shown>,
    /// When the next frame is due, if one is.
    next: Option<Instant>,
    failed: Option<Failure>,
}

/// The open window.
struct Shown {
    window: Arc<Window>,
    surface: Surface<OwnedDisplayHandle, Arc<Window>>,
    input: egui_winit::State,
    info: ViewportInfo,
    painting: Painting,
    /// The next frame was wanted here. Else the system wants it: something that covered the window is gone, and with it what was
    /// painted below.
    is_asked: bool,
    /// What stands on the screen may be gone.
    is_lost: bool,
    is_visible: bool,
}

impl ApplicationHandler<Wake> for Runner {
    fn resumed(&mut self, events: &ActiveEventLoop) {
        if self.shown.is_none() {
            match Shown::open(&self.ctx, events, self.proxy.clone()) {
                Ok(shown) => {
                    self.shown = Some(shown);
                    // Windows asks no window that is hidden to paint itself: the first frame would never come.
                    self.redraw(events);
                }
                Err(failure) => self.fail(events, failure),
            }
        }
    }

    fn user_event(&mut self, events: &ActiveEventLoop, wake: Wake) {
        let Some(shown) = &mut self.shown else { return };
        match wake {
            Wake::Frame(when) => self.next = Some(self.next.map_or(when, |next| next.min(when))),
            Wake::Access(event) => match event.window_event {
                AccessEvent::ActionRequested(asked) => {
                    shown.input.on_accesskit_action_request(asked);
                    shown.ask();
                }
                AccessEvent::InitialTreeRequested => {
                    self.ctx.enable_accesskit();
                    shown.ask();
                }
                AccessEvent::AccessibilityDeactivated => self.ctx.disable_accesskit(),
            },
        }
        self.wait(events);
    }

    fn new_events(&mut self, _events: &ActiveEventLoop, cause: StartCause) {
        if let (StartCause::ResumeTimeReached { .. }, Some(shown)) = (cause, &mut self.shown) {
            self.next = None;
            shown.ask();
        }
    }

    fn about_to_wait(&mut self, events: &ActiveEventLoop) {
        self.wait(events);
    }

    fn window_event(&mut self, events: &ActiveEventLoop, _id: WindowId, event: WindowEvent) {
        let Some(shown) = &mut self.shown else { return };
        match event {
            WindowEvent::RedrawRequested => {
                shown.is_lost |= !std::mem::take(&mut shown.is_asked);
                self.redraw(events);
            }
            WindowEvent::CloseRequested => {
                shown.info.events.push(egui::ViewportEvent::Close);
                shown.ask();
            }
            event => {
                shown.is_lost |= may_lose(&event);
                if shown.input.on_window_event(&shown.window, &event).repaint {
                    shown.ask();
                }
            }
        }
    }
}

impl Runner {
    fn redraw(&mut self, events: &ActiveEventLoop) {
        let Some(shown) = &mut self.shown else { return };
        match shown.frame(&self.ctx, events, &mut self.pane) {
            Ok(is_closed) if is_closed => events.exit(),
            Ok(_) => {}
            Err(failure) => self.fail(events, failure),
        }
    }

    /// Sleeps until the next frame is due, or something happens.
    fn wait(&self, events: &ActiveEventLoop) {
        events.set_control_flow(self.next.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }

    fn fail(&mut self, events: &ActiveEventLoop, failure: Failure) {
        self.failed = Some(failure);
        events.exit();
    }
}

impl Shown {
    /// The window stays hidden until its first frame is painted.
    fn open(ctx: &Context, events: &ActiveEventLoop, proxy: EventLoopProxy<Wake>) -> Result<Self, Failure> {
        let viewport = fitting(pane::viewport(), events).with_visible(false);
        let window = Arc::new(egui_winit::create_window(ctx, events, &viewport)?);
        let context = softbuffer::Context::new(events.owned_display_handle())?;
        let surface = Surface::new(&context, Arc::clone(&window))?;
        #[expect(clippy::cast_possible_truncation, reason = "scales of screens")]
        let scale = window.scale_factor() as f32;
        let mut input = egui_winit::State::new(ctx.clone(), ViewportId::ROOT, events, Some(scale), window.theme(), Some(MAX_TEXTURE_SIDE));
        input.set_clipboard_shortcuts(pane::takes_clipboard_keys());
        input.init_accesskit(events, &window, proxy);
        let mut info = ViewportInfo::default();
        egui_winit::update_viewport_info(&mut info, ctx, &window, true);
        Ok(Self { window, surface, input, info, painting: Painting::default(), is_asked: false, is_lost: true, is_visible: false })
    }

    /// One frame. Returns whether the window is to be closed.
    fn frame(&mut self, ctx: &Context, events: &ActiveEventLoop, pane: &mut Pane) -> Result<bool, Failure> {
        egui_winit::update_viewport_info(&mut self.info, ctx, &self.window, false);
        let mut input = self.input.take_egui_input(&self.window);
        input.viewports = HashMap::from_iter([(ViewportId::ROOT, std::mem::take(&mut self.info))]);
        pane.deal(ctx, &mut input);
        let wants_to_close = input.viewport().close_requested();
        let mut output = ctx.run_ui(input, |ui| {
            pane.logic(ui.ctx());
            pane.ui(ui);
        });
        let told = std::mem::take(&mut output.platform_output);
        self.input.handle_platform_output_with_event_loop(&self.window, events, told);
        let commands = output.viewport_output.remove(&ViewportId::ROOT).map_or_else(Vec::new, |root| root.commands);
        let stays = commands.contains(&ViewportCommand::CancelClose);
        self.obey(ctx, commands);
        self.paint(ctx, output)?;
        if !std::mem::replace(&mut self.is_visible, true) {
            self.window.set_visible(true);
            // What is painted while a window is hidden may never be seen.
            self.is_lost = true;
            self.ask();
        }
        Ok(wants_to_close && !stays)
    }

    fn obey(&mut self, ctx: &Context, commands: Vec<ViewportCommand>) {
        let mut actions = Vec::new();
        egui_winit::process_viewport_commands(ctx, &mut self.info, commands, &self.window, &mut actions);
        let events = &mut self.input.egui_input_mut().events;
        for action in actions {
            match action {
                ActionRequested::Cut => events.push(Event::Cut),
                ActionRequested::Copy => events.push(Event::Copy),
                // Nothing here asks for a paste, a picture of itself or hidden frames.
                ActionRequested::Paste | ActionRequested::Screenshot(_) | ActionRequested::PaintWhileHidden => {}
            }
        }
        if !self.info.events.is_empty() {
            self.ask();
        }
    }

    /// Wants another frame.
    fn ask(&mut self) {
        self.is_asked = true;
        self.window.request_redraw();
    }

    /// Paints what changed and shows it.
    fn paint(&mut self, ctx: &Context, output: FullOutput) -> Result<(), Failure> {
        let size = self.window.inner_size();
        // A window that is minimized has none.
        let (Some(width), Some(height)) = (NonZeroU32::new(size.width), NonZeroU32::new(size.height)) else { return Ok(()) };
        let size = [size.width as usize, size.height as usize];
        let changed = self.painting.paint(ctx, output, size, pane::background());
        self.surface.resize(width, height)?;
        let mut buffer = self.surface.buffer_mut()?;
        // One that was just made, or shown before the last, lacks more than this frame's changes.
        let is_lost = std::mem::take(&mut self.is_lost);
        let stale = if buffer.age() == 1 && !is_lost { changed } else { vec![Area::whole(size)] };
        for span in stale.iter().flat_map(|area| area.spans(size[0])) {
            let shown = buffer.get_mut(span.clone()).unwrap_or_default();
            for (shown, painted) in shown.iter_mut().zip(self.painting.image().pixels.get(span).unwrap_or_default()) {
                let [red, green, blue, _] = painted.to_array();
                *shown = u32::from_be_bytes([0, red, green, blue]);
            }
        }
        let damage: Vec<softbuffer::Rect> = stale.iter().filter_map(damage).collect();
        if !damage.is_empty() {
            self.window.pre_present_notify();
            buffer.present_with_damage(&damage)?;
        }
        Ok(())
    }
}

/// No larger than the largest screen, as eframe keeps it.
fn fitting(viewport: ViewportBuilder, events: &ActiveEventLoop) -> ViewportBuilder {
    let sizes = events.available_monitors().map(|monitor| monitor.size().to_logical::<f32>(monitor.scale_factor()));
    let most = sizes.fold(Vec2::ZERO, |most, size| most.max(vec2(size.width, size.height)));
    match viewport.inner_size {
        Some(size) if most.min_elem() > 0.0 => viewport.with_inner_size(size.min(most)),
        _ => viewport,
    }
}

/// The system asks for a frame at the same time, or never, where what was painted went with this.
fn may_lose(event: &WindowEvent) -> bool {
    matches!(event, WindowEvent::Resized(_) | WindowEvent::Moved(_) | WindowEvent::Focused(_) | WindowEvent::Occluded(_))
}

/// As the system wants it told; nothing for an area without pixels.
fn damage(area: &Area) -> Option<softbuffer::Rect> {
    let side = |range: &Range<usize>| u32::try_from(range.len()).ok().and_then(NonZeroU32::new);
    let (x, y) = (u32::try_from(area.columns.start).ok()?, u32::try_from(area.rows.start).ok()?);
    Some(softbuffer::Rect { x, y, width: side(&area.columns)?, height: side(&area.rows)? })
}
